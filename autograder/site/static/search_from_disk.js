// A page opened from the disk may not read other pages, so the search shows titles only and asks for no excerpts.
if (location.protocol === "file:") {
  DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
}
