import { clsx } from 'clsx';
import { type ComponentProps, type ReactNode, useId } from 'react';

/** The classes of everything that takes text. */
export const inputLook =
  'w-full rounded-control border border-line-strong bg-raised px-3 text-ink transition-colors placeholder:text-secondary/80 ' +
  'hover:border-secondary focus-visible:border-accent focus-visible:outline-offset-0 disabled:opacity-60 aria-invalid:border-danger ' +
  // 16 px on touch screens, or the phone zooms into the field.
  'text-base md:text-sm';

export interface FieldTexts {
  label: string;
  hint?: ReactNode;
  /** A sentence on what to correct; marks the field as invalid. */
  error?: string | undefined;
  /** Stands at the right of the label, such as "Forgot password?". */
  aside?: ReactNode;
}

/** A labelled text input with room for a hint and an error, tied together for screen readers. */
export function TextField({ label, hint, error, aside, className, ...input }: FieldTexts & ComponentProps<'input'>) {
  const id = useId();
  return (
    <FieldFrame id={id} {...{ label, hint, error, aside, className }}>
      <input {...input} {...described(id, { hint, error })} className={clsx(inputLook, 'h-10')} />
    </FieldFrame>
  );
}

/** A labelled choice from a short list; the platform's own picker, so that it is at home on a phone. */
export function SelectField({ label, hint, error, aside, className, children, ...input }: FieldTexts & ComponentProps<'select'>) {
  const id = useId();
  return (
    <FieldFrame id={id} {...{ label, hint, error, aside, className }}>
      <Select {...input} {...described(id, { hint, error })}>
        {children}
      </Select>
    </FieldFrame>
  );
}

/** The list itself. */
function Select({ className, ...rest }: ComponentProps<'select'>) {
  return <select {...rest} className={clsx(inputLook, 'select-arrow h-10 appearance-none pr-9', className)} />;
}

/** What stands around every input: label, hint and error. Give the input `described(id, …)`. */
export function FieldFrame({
  id,
  label,
  hint,
  error,
  aside,
  className,
  children,
}: FieldTexts & { id: string; className?: string | undefined; children: ReactNode }) {
  return (
    <div className={clsx('flex flex-col gap-1.5', className)}>
      <div className="flex items-baseline justify-between gap-4">
        <label htmlFor={id} className="font-strong">
          {label}
        </label>
        {aside === undefined ? null : <span className="text-xs">{aside}</span>}
      </div>
      {children}
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className="text-xs text-secondary">
          {hint}
        </p>
      )}
      {error === undefined ? null : (
        <p id={`${id}-error`} className="text-xs text-danger">
          {error}
        </p>
      )}
    </div>
  );
}

/** Ties an input to what its frame says about it. */
export function described(id: string, { hint, error }: Pick<FieldTexts, 'hint' | 'error'>) {
  const ids = [hint === undefined ? '' : `${id}-hint`, error === undefined ? '' : `${id}-error`].filter(Boolean).join(' ');
  return { id, 'aria-invalid': error === undefined ? undefined : true, 'aria-describedby': ids === '' ? undefined : ids };
}
