/**
 * A short name for addresses: Latin letters and digits of the name, joined by hyphens, then the suffix.
 * A name in another script leaves the suffix alone after "org".
 */
export function slugFrom(name: string, suffix: string): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\u0300-\u036F]/g, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '');
  return `${words === '' ? 'org' : words}-${suffix}`;
}
