import { Button } from '@mantine/core';
import { type DragEvent, useId, useRef, useState } from 'react';
import classes from './file-drop.module.css';
import { Icon } from './icon.tsx';

interface FileDropProps {
  /** "Drop files here". */
  label: string;
  /** Accepted types and maximum size, as text. */
  hint?: React.ReactNode;
  /** As for an `input`: ".csv,.xlsx,.json,.zip". */
  accept?: string;
  /** One file only. */
  single?: boolean;
  onFiles: (files: readonly File[]) => void;
}

/** Accepts files by drag and drop or by button. */
export function FileDrop({ label, hint, accept, single, onFiles }: FileDropProps) {
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const [over, setOver] = useState(false);
  const take = (list: FileList | null) => {
    const files = [...(list ?? [])];
    if (files.length > 0) onFiles(single ? files.slice(0, 1) : files);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  return (
    <fieldset
      className={classes.root}
      aria-labelledby={id}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Icon name="upload" size={20} />
      <p id={id} className={classes.label}>
        {label}
      </p>
      {hint === undefined ? null : <p className={classes.hint}>{hint}</p>}
      <input
        ref={input}
        type="file"
        hidden
        multiple={!single}
        accept={accept}
        onChange={(event) => {
          take(event.currentTarget.files);
          event.currentTarget.value = '';
        }}
      />
      <Button onClick={() => input.current?.click()}>{single ? 'Choose a file' : 'Choose files'}</Button>
    </fieldset>
  );
}
