import { ActionIcon, Tooltip } from '@mantine/core';
import { useCopy } from './copy-button.tsx';
import classes from './copy-value.module.css';
import { Icon } from './icon.tsx';

/** A value with a copy button. `name` is part of the button's label. */
export function CopyValue({ value, name }: { value: string; name: string }) {
  const { copied, copy } = useCopy(value);
  return (
    <span className={classes.root}>
      <code className={classes.value}>{value}</code>
      <Tooltip label={copied ? 'Copied' : `Copy ${name}`}>
        <ActionIcon variant="default" size={28} onClick={copy} aria-label={`Copy ${name}`}>
          <Icon name={copied ? 'tick' : 'copy'} />
          <span className="hidden-text" aria-live="polite">
            {copied ? 'Copied' : ''}
          </span>
        </ActionIcon>
      </Tooltip>
    </span>
  );
}
