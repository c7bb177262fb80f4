'use client';

import type { ReactNode } from 'react';
import type { Action } from '@/platform/use-action';
import { FailureNotice } from './failure-notice';

/** The text fields of a form by name; what is not text is left out. */
export type FormFields = (name: string) => string;

interface ActionFormProps {
  action: Action<[FormFields]>;
  children: ReactNode;
  className?: string;
}

/** A form that runs an action with its fields and shows the failure above its buttons. Never reloads the page. */
export function ActionForm({ action, children, className = 'flex flex-col gap-5' }: ActionFormProps) {
  return (
    <form
      // Posted by the script only; before it is there, the method keeps what was typed out of the address.
      method="post"
      className={className}
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        const fields: FormFields = (name) => {
          const value = data.get(name);
          return typeof value === 'string' ? value : '';
        };
        if (!action.busy) void action.run(fields);
      }}
    >
      {children}
      {action.failure === undefined ? null : <FailureNotice failure={action.failure} />}
    </form>
  );
}
