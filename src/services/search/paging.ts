/** How deep one can page; who needs more narrows the query. */
export const DEEPEST_OFFSET = 10_000;
