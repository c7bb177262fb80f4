import { clsx } from 'clsx';
import { ProgressBar } from '@/components/progress-bar';
import type { StatusView } from './describe-status';

const dots: Record<StatusView['tone'], string> = {
  quiet: 'bg-line-strong',
  busy: 'bg-accent animate-[breathe_1.6s_ease-in-out_infinite]',
  good: 'bg-accent',
  bad: 'bg-danger',
};

/** The state of a document in a word, with a bar while it is under way. `subject` names it for screen readers. */
export function StatusIndicator({ status, subject }: { status: StatusView; subject: string }) {
  return (
    <span className="flex items-center gap-3 md:w-36 md:flex-col md:items-stretch md:gap-1.5">
      <span className={clsx('inline-flex items-center gap-2 whitespace-nowrap', status.tone === 'bad' ? 'text-danger' : 'text-secondary')}>
        <span aria-hidden="true" className={clsx('size-1.5 shrink-0 rounded-full', dots[status.tone])} />
        {status.label}
      </span>
      {status.fraction === null ? null : <ProgressBar value={status.fraction} label={`Progress of ${subject}`} />}
    </span>
  );
}
