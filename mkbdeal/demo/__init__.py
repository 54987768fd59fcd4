"""An invented year to look around in: partners, programmes, dates and news, all labelled as examples."""
