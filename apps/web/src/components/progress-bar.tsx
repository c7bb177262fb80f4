/** A bar that tells the truth: `value` from 0 to 1, or null while the share is not known. */
export function ProgressBar({ value, label }: { value: number | null; label: string }) {
  return <progress className="progress" aria-label={label} max={1} {...(value === null ? {} : { value })} />;
}
