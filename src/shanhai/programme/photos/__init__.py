"""Photos and documents as they are put to records: what they are by their content, without where they were taken.

Nothing here knows Django or a database, so that it can run in a process apart.

``containers``   the parts of a JPEG, PNG or WebP file, without those that tell of place, device or person
``taking``       what a file is; a photo made ready with its thumbnail; what is refused, and why
"""
