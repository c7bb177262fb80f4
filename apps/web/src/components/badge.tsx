import { clsx } from 'clsx';
import type { ReactNode } from 'react';

type Tone = 'neutral' | 'accent' | 'danger' | 'warning';

const tones: Record<Tone, string> = {
  neutral: 'bg-surface text-secondary',
  accent: 'bg-accent-soft text-accent',
  danger: 'bg-danger-soft text-danger',
  warning: 'bg-warning-soft text-warning',
};

/** A word on a tinted ground: a role, a state. The word alone must say it; the colour only repeats. */
export function Badge({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={clsx('inline-flex h-6 items-center gap-1.5 rounded-full px-2.5 text-xs whitespace-nowrap', tones[tone])}>
      {children}
    </span>
  );
}
