"""What can be done, where and when: hubs, programmes, levels, dates. Changes daily."""
