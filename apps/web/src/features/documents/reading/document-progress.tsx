'use client';

import type { Document } from '@repo/contracts/documents';
import { ProgressBar } from '@/components/progress-bar';
import { useNow } from '@/platform/use-now';
import { describeStatus } from '../list/describe-status';

const sentences: Record<string, string> = {
  Uploading: 'The file is on its way. Its text appears here when it has arrived and was read.',
  Waiting: 'The file has arrived and will be read in a moment.',
  Reading: 'Its text is being read.',
  Indexing: 'Its passages are being made searchable.',
};

/** Where a document stands that is not ready yet. Changes by itself. */
export function DocumentProgress({ document }: { document: Document }) {
  const status = describeStatus({ upload: null, document }, useNow());
  return (
    <section aria-label="Progress" className="flex max-w-md flex-col gap-3 border-y border-line py-10">
      <output className="flex flex-col gap-1">
        <span className="font-serif text-lg">{status.label}</span>
        <span className="text-secondary">{status.detail ?? sentences[status.label]} You can leave this page; it goes on without you.</span>
      </output>
      {status.fraction === null ? null : <ProgressBar value={status.fraction} label={`Progress of ${document.title}`} />}
    </section>
  );
}
