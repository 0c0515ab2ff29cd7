"""`make timelapse`: four days of a shop's project in under a minute, each push beside the rule it follows."""
