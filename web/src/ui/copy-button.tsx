import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Icon } from './icon.tsx';
import { toast } from './toast.tsx';

/** How long a button says that it copied: long enough for whoever looks away to paste first. */
const COPIED_MS = 5000;

/**
 * Copies a text when asked, and whether it just did. A browser that refuses, as one does on a page opened without
 * encryption, is said in a message: a button that does nothing would leave the older content to be pasted.
 */
export function useCopy(value: string): { readonly copied: boolean; readonly copy: () => void } {
  const [copied, setCopied] = useState<string | null>(null);
  useEffect(() => {
    if (copied === null) return;
    const timer = setTimeout(() => setCopied(null), COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(value);
    } catch {
      toast({
        kind: 'failed',
        text: window.isSecureContext
          ? 'Your browser did not let this page copy. Allow the clipboard for this site, then try again.'
          : 'Nothing was copied: browsers let a page copy only when it is opened over https or on localhost.',
      });
    }
  };
  return { copied: copied === value, copy: () => void copy() };
}

interface CopyButtonProps {
  readonly value: string;
  /** What the button says before it copies. */
  readonly children?: string;
  /** What is copied, for screen readers, where the button alone does not say it. */
  readonly name?: string;
  readonly size?: 'xs';
}

/** A button that copies a text and says so. */
export function CopyButton({ value, children = 'Copy', name, size }: CopyButtonProps) {
  const { copied, copy } = useCopy(value);
  return (
    <Button
      {...(size === undefined ? {} : { size })}
      leftSection={<Icon name={copied ? 'tick' : 'copy'} size={14} />}
      onClick={copy}
    >
      <span aria-live="polite">{copied ? 'Copied' : children}</span>
      {name === undefined ? null : <span className="hidden-text"> {name}</span>}
    </Button>
  );
}
