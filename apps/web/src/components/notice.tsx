import { clsx } from 'clsx';
import { CircleAlert, CircleCheck, Info } from 'lucide-react';
import type { ReactNode } from 'react';

type Tone = 'info' | 'success' | 'danger';

const tones = {
  info: { look: 'border-line bg-surface text-ink', Icon: Info },
  success: { look: 'border-accent/30 bg-accent-soft text-ink [&>svg]:text-accent', Icon: CircleCheck },
  danger: { look: 'border-danger/30 bg-danger-soft text-ink [&>svg]:text-danger', Icon: CircleAlert },
} as const;

/** A sentence that must not be missed, in place. A `danger` notice is read aloud when it appears. */
export function Notice({ tone = 'info', children }: { tone?: Tone; children: ReactNode }) {
  const { look, Icon } = tones[tone];
  return (
    <div role={tone === 'danger' ? 'alert' : 'status'} className={clsx('flex gap-3 rounded-control border px-3.5 py-3', look)}>
      <Icon aria-hidden className="mt-0.5 size-4.5 shrink-0" />
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}
