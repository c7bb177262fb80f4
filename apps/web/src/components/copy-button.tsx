'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button, IconButton } from './button';

interface CopyButtonProps {
  text: string;
  /** What is copied, for screen readers: "Copy request id". */
  label: string;
  /** With a word beside the icon. */
  wide?: boolean;
  className?: string;
}

/** Puts a text on the clipboard and says so for two seconds. */
export function CopyButton({ text, label, wide = false, className }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => {
    void writeClipboard(text).then(setCopied);
  };
  const icon = copied ? <Check aria-hidden /> : <Copy aria-hidden />;
  return (
    <>
      {wide ? (
        <Button onClick={copy} aria-label={label} className={className}>
          {icon} {copied ? 'Copied' : 'Copy'}
        </Button>
      ) : (
        <IconButton label={label} onClick={copy} {...(className === undefined ? {} : { className })}>
          {icon}
        </IconButton>
      )}
      <output className="sr-only">{copied ? 'Copied' : ''}</output>
    </>
  );
}

async function writeClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without https there is no clipboard; the text is on the page to be selected.
    return false;
  }
}
