'use client';

import { Eye, EyeOff } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { clsx } from 'clsx';
import { IconButton } from './button';
import { described, FieldFrame, inputLook } from './field';

interface PasswordFieldProps {
  label: string;
  name: string;
  autoComplete: 'current-password' | 'new-password';
  hint?: string;
  aside?: ReactNode;
  defaultValue?: string | undefined;
}

/** The shortest password that the API takes, characters. */
const minPasswordLength = 12;

/** A password that can be looked at before it is sent. */
export function PasswordField({ label, name, autoComplete, hint, aside, defaultValue }: PasswordFieldProps) {
  const [visible, setVisible] = useState(false);
  const id = useId();
  return (
    <FieldFrame id={id} {...{ label, hint, aside }}>
      <div className="relative">
        <input
          {...described(id, { hint })}
          name={name}
          type={visible ? 'text' : 'password'}
          required
          minLength={autoComplete === 'new-password' ? minPasswordLength : undefined}
          maxLength={128}
          autoComplete={autoComplete}
          autoCapitalize="none"
          spellCheck={false}
          defaultValue={defaultValue}
          className={clsx(inputLook, 'h-10 pr-11')}
        />
        <IconButton
          label={visible ? 'Hide password' : 'Show password'}
          aria-pressed={visible}
          onClick={() => setVisible(!visible)}
          className="absolute top-0.5 right-0.5"
        >
          {visible ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
        </IconButton>
      </div>
    </FieldFrame>
  );
}
