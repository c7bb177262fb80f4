const bytesPerMegabyte = 1024 * 1024;

/**
 * Always in MB, so that sizes can be compared at a glance: "0.02 MB", "1.3 MB", "24 MB".
 * A file of a few bytes reads 0.01 MB, because it is not nothing.
 */
export function formatSize(bytes: number): string {
  const megabytes = bytes / bytesPerMegabyte;
  if (bytes === 0) return '0 MB';
  const digits = megabytes < 0.1 ? 2 : megabytes < 10 ? 1 : 0;
  return `${Math.max(megabytes, 0.01).toFixed(digits)} MB`;
}
