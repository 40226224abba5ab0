/** What to do about a check in trouble, wherever reports tell of one. */
export const whatNext =
  'Of each check, "opencnm-conformance explain ID" tells more, and "opencnm-conformance replay REPORT ID" sends the ' +
  'calls again, with new ids where the target gives new ones; the lines of curl have the ids of this run.';
