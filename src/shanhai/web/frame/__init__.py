"""The frame of every page: base template, design system, navigation, language and theme, pages of what goes wrong."""
