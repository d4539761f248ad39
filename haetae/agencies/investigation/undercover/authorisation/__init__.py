"""The way of an application: to the approver, or to the prosecutor and the court."""
