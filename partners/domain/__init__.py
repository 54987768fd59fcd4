"""What may happen with the staff of partners: invitations and memberships."""
