import type { DocumentStatus } from '@repo/contracts/documents';
import { clsx } from 'clsx';
import Link from 'next/link';

const choices: readonly { status: DocumentStatus | null; label: string }[] = [
  { status: null, label: 'All' },
  { status: 'ready', label: 'Ready' },
  { status: 'processing', label: 'Processing' },
  { status: 'failed', label: 'Failed' },
];

/** Narrows the list to a status. Links, so that a view can be kept and shared. */
export function StatusFilter({ current }: { current: DocumentStatus | null }) {
  return (
    <nav aria-label="Status" className="-mx-2.5 pb-4">
      <ul className="flex gap-0.5">
        {choices.map(({ status, label }) => (
          <li key={label}>
            <Link
              href={status === null ? '/documents' : `/documents?status=${status}`}
              aria-current={status === current ? 'page' : undefined}
              className={clsx(
                'inline-flex h-8 items-center rounded-control px-2.5 transition-colors',
                status === current ? 'bg-surface font-strong text-ink' : 'text-secondary hover:text-ink',
              )}
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Reads `?status=`; anything else means all. */
export function parseStatus(value: string | string[] | undefined): DocumentStatus | null {
  return choices.find(({ status }) => status !== null && status === value)?.status ?? (value === 'uploading' ? 'uploading' : null);
}
