import { CopyButton } from './copy-button';

/** The id to quote to support, small and copyable. Shows nothing when there is none. */
export function RequestId({ id }: { id: string }) {
  if (id === '') return null;
  return (
    <p className="flex items-center gap-1 text-xs text-secondary">
      <span className="min-w-0">
        Request <code className="font-mono break-all">{id}</code>
      </span>
      <CopyButton text={id} label="Copy request id" className="size-7 [&_svg]:size-3.5" />
    </p>
  );
}
