"""/sim/…: how tests and the page move persons, put faults and read what happened. Described in simulator/README.md."""
