import { Button } from '@mantine/core';
import { type DragEvent, useId, useRef, useState } from 'react';
import { Icon } from '../../ui/icon.tsx';
import { Row } from '../../ui/layout.tsx';
import { filesChosen, filesDropped } from './dropped.ts';
import classes from './imports.module.css';
import type { FoundFile } from './uploads.ts';

/** Drop zone and button for files and whole folders. */
export function ImportDrop({
  onFiles,
  small = false,
}: {
  onFiles: (files: readonly FoundFile[]) => void;
  small?: boolean;
}) {
  const id = useId();
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = (found: readonly FoundFile[]) => {
    if (found.length > 0) onFiles(found);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void filesDropped(event.dataTransfer).then(take);
  };
  return (
    <fieldset
      className={classes.drop}
      aria-labelledby={id}
      data-over={over || undefined}
      data-small={small || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Icon name="upload" size={20} />
      <p id={id} className="heading">
        {small ? 'Drop files here to add them' : 'Drop files or a whole folder here'}
      </p>
      {small ? null : (
        <p className="muted">
          CSV, XLSX, JSON, YAML, saved DNS answers, or a ZIP of them; up to 300 MB each. Nothing takes effect
          until you have reviewed the changes and stored it.
        </p>
      )}
      <input
        ref={files}
        type="file"
        hidden
        multiple
        onChange={(event) => {
          take(filesChosen(event.currentTarget.files));
          event.currentTarget.value = '';
        }}
      />
      <input
        ref={folder}
        type="file"
        hidden
        multiple
        {...{ webkitdirectory: '' }}
        onChange={(event) => {
          take(filesChosen(event.currentTarget.files));
          event.currentTarget.value = '';
        }}
      />
      <Row justify="center">
        <Button variant={small ? 'default' : 'filled'} onClick={() => files.current?.click()}>
          Choose files
        </Button>
        <Button onClick={() => folder.current?.click()}>Choose a folder</Button>
      </Row>
    </fieldset>
  );
}
