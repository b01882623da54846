import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import classes from './devices.module.css';

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Asks for the organization id if it is needed and the charter does not state it. It is kept only in the URL. */
export function OrganizationForm({
  known,
  asked,
  onAsk,
}: {
  known: boolean;
  asked: string;
  onAsk: (id: string | undefined) => void;
}) {
  const [text, setText] = useState(asked);
  const [tried, setTried] = useState(false);
  const id = text.trim();
  // An id in use can be cleared by submitting an empty field; with none in use, that is an error.
  const missing = id === '' && asked === '';
  const wrong = id !== '' && !ID.test(id);
  return (
    <form
      className={classes.organization}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!wrong && !missing) onAsk(id.toLowerCase() || undefined);
      }}
    >
      <TextInput
        label="ID of the Claude organization"
        description="An Owner can find it in Claude under Organization settings > Organization, at the bottom. Bylaw does not keep it here; to have it approved and kept, enter it in the charter under Network and devices."
        placeholder="00000000-0000-0000-0000-000000000000"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={tried ? fault(missing, wrong) : null}
      />
      <Button type="submit" variant={known ? 'default' : 'filled'}>
        Use this ID
      </Button>
    </form>
  );
}

function fault(missing: boolean, wrong: boolean): string | null {
  if (missing) return 'Enter the ID.';
  return wrong ? 'It has 36 characters, with hyphens after 8, 13, 18 and 23.' : null;
}
