"""What can be asked: the catalogue of questions, one `.rq` each."""
