/** The query string as a page gets it. */
export type PageQuery = Promise<Record<string, string | string[] | undefined>>;
