"""Every visitor's personal data: sign-ups and the mails about them. Changes by the minute."""
