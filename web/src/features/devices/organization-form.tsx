import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import classes from './devices.module.css';

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The id of the organization, where it is needed and the charter does not state it. It is kept in the address only. */
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
  const wrong = text.trim() !== '' && !ID.test(text.trim());
  return (
    <form
      className={classes.organization}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!wrong) onAsk(text.trim().toLowerCase() || undefined);
      }}
    >
      <TextInput
        label="Id of the Claude organization"
        description="An Owner finds it in Claude under Organization settings > Organization, at the bottom. Bylaw does not keep it here: to have it approved and kept, enter it in the charter under Network and devices."
        placeholder="00000000-0000-0000-0000-000000000000"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={tried && wrong ? 'It has 36 characters, with hyphens after 8, 13, 18 and 23.' : null}
      />
      <Button type="submit" variant={known ? 'default' : 'filled'}>
        Use this id
      </Button>
    </form>
  );
}
