"""The programme's register: pairings, terms, teams, people, projects, money, targets, work, needs and briefs as records."""
