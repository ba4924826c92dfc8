# Reads the answers as a statistician does, with R, and prints what was read as JSON.
folder <- commandArgs(trailingOnly = TRUE)[1]
csv <- read.csv(file.path(folder, "answers.csv"))
lines <- jsonlite::stream_in(file(file.path(folder, "answers.jsonl")), verbose = FALSE)
said <- function(d) list(
  columns = names(d)[names(d) %in% names(csv)], months = sum(d$imposed_months, na.rm = TRUE),
  flags = sum(d$outcome_form_not_allowed), joint = sum(d$joint %in% c("yes", "TRUE")),
  logical = is.logical(d$outcome_within_range), number = is.numeric(d$fine_amount))
cat(jsonlite::toJSON(list(csv = said(csv), jsonl = said(lines)), auto_unbox = TRUE))
