"""The ministry's yearly tables 0602 and 0603 on paper."""
