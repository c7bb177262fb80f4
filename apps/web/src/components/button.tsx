import { clsx } from 'clsx';
import Link from 'next/link';
import type { ComponentProps, ReactNode } from 'react';
import { Spinner } from './spinner';

type Variant = 'primary' | 'secondary' | 'quiet' | 'danger';
type Size = 'small' | 'medium' | 'large';

interface Look {
  variant?: Variant | undefined;
  size?: Size | undefined;
}

const variants: Record<Variant, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong',
  secondary: 'border border-line-strong/70 bg-raised text-ink hover:border-line-strong hover:bg-surface',
  quiet: 'text-secondary hover:bg-surface hover:text-ink',
  danger: 'bg-danger text-on-danger hover:brightness-95',
};
const sizes: Record<Size, string> = {
  small: 'h-8 px-2.5 text-xs gap-1.5 [&_svg]:size-3.5',
  medium: 'h-9 px-3.5 text-sm gap-2 [&_svg]:size-4',
  large: 'h-11 px-5 text-base gap-2 [&_svg]:size-4.5',
};

/** The classes that a button and a link in its shape have in common. */
function buttonLook({ variant = 'secondary', size = 'medium' }: Look = {}): string {
  return clsx(
    'inline-flex shrink-0 items-center justify-center rounded-control font-strong whitespace-nowrap transition-colors select-none',
    'disabled:pointer-events-none disabled:opacity-50 aria-disabled:pointer-events-none aria-disabled:opacity-50',
    variants[variant],
    sizes[size],
  );
}

interface ButtonProps extends ComponentProps<'button'>, Look {
  /** Shows that the action runs and refuses a second press; the label stays readable. */
  busy?: boolean;
}

/** A button. `type` is `button` unless named, so that it never sends a form by accident. */
export function Button({ variant, size, busy = false, className, children, disabled, type = 'button', ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={type === 'submit' ? 'submit' : 'button'}
      disabled={disabled === true || busy}
      aria-busy={busy || undefined}
      className={clsx(buttonLook({ variant, size }), className)}
    >
      {busy ? <Spinner /> : null}
      {children}
    </button>
  );
}

/** A link that looks like a button. */
export function ButtonLink({ variant, size, className, ...rest }: ComponentProps<typeof Link> & Look) {
  return <Link {...rest} className={clsx(buttonLook({ variant, size }), className)} />;
}

/** A square button with an icon only; `label` is read aloud and shown on hover. */
export function IconButton({ label, className, children, ...rest }: ComponentProps<'button'> & { label: string; children: ReactNode }) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      title={label}
      className={clsx(
        'inline-flex size-9 shrink-0 items-center justify-center rounded-control text-secondary transition-colors hover:bg-surface hover:text-ink disabled:opacity-50 [&_svg]:size-4.5',
        className,
      )}
    >
      {children}
    </button>
  );
}
