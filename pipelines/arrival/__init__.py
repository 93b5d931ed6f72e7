"""How files arrive and answers go back: upload, mailbox, receipts, the journal of it all."""
