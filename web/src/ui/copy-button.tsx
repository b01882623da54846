import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Icon } from './icon.tsx';
import { toast } from './toast.tsx';

/** How long a button shows that it copied, in ms: long enough to paste first and look back. */
const COPIED_MS = 5000;

/**
 * Copies text, and reports whether it just did. If the browser refuses, as on a page without encryption, a message is
 * shown: otherwise people would paste the previous clipboard content.
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
  /** Label before copying. */
  readonly children?: string;
  /** What is copied, for screen readers, if the label does not say it. */
  readonly name?: string;
  readonly size?: 'xs';
}

/** A button that copies text and confirms it. */
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
