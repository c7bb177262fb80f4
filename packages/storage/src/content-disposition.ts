/** The header that makes a browser save a download under `filename`, in any script, without letting the name add headers. */
export function contentDisposition(filename: string): string {
  const clean = filename
    .replace(/[\p{Cc}\p{Cs}]/gu, '')
    .replace(/[/\\]/g, '_')
    .trim()
    .slice(0, 200)
    .replace(/[\uD800-\uDBFF]$/, '');
  const name = clean === '' ? 'download' : clean;
  const ascii = name.replace(/[^\x20-\x7E]/g, '_').replace(/["%]/g, '_');
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
