import { clsx } from 'clsx';

/** One part of the service and whether it answers. */
export function StatusRow({ name, meaning, ok }: { name: string; meaning: string; ok: boolean }) {
  return (
    <div className="flex items-center justify-between gap-4 py-3">
      <dt className="flex flex-col">
        <span className="font-strong">{name}</span>
        <span className="text-xs text-secondary">{meaning}</span>
      </dt>
      <dd className={clsx('inline-flex items-center gap-2 whitespace-nowrap', ok ? 'text-secondary' : 'text-danger')}>
        <span aria-hidden="true" className={clsx('size-2 rounded-full', ok ? 'bg-accent' : 'bg-danger')} />
        {ok ? 'Works' : 'Does not answer'}
      </dd>
    </div>
  );
}
