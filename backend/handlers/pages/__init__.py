"""What the phone pages under /m and the desktop pages under /console share: templates, assets, session, forms, failures."""
