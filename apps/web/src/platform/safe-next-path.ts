/** The page to go to after signing in. Anything that is not a path on this site becomes the start page. */
export function safeNextPath(value: string | string[] | undefined): string {
  if (typeof value !== 'string' || !/^\/(?![/\\])[^\s\\]*$/.test(value)) return '/documents';
  return value;
}
