const separator = ' › ';

/** Where a passage stands, without the first heading when it only repeats the title. Null when nothing is left. */
export function headingBelowTitle(heading: string | null, title: string): string | null {
  const path = (heading ?? '').split(separator).filter((part) => part !== '');
  const below = path[0]?.trim().toLowerCase() === title.trim().toLowerCase() ? path.slice(1) : path;
  return below.length === 0 ? null : below.join(separator);
}
