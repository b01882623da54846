import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { useSession } from '../../session.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { Row } from '../../ui/layout.tsx';
import { Notice } from '../../ui/states.tsx';
import classes from './settings.module.css';

/** Sends a message to the viewer and shows the mail server's answer verbatim. */
export function MailTest({ unsaved }: { unsaved: boolean }) {
  const { person } = useSession();
  const test = useMutation(api.settings.testMail.mutationOptions());
  return (
    <div className={classes.test}>
      <Row gap="md">
        <Button disabled={unsaved} loading={test.isPending} onClick={() => test.mutate({})}>
          Send a test message
        </Button>
        <span className="muted">
          {unsaved ? 'Save your changes first; the test uses the saved settings.' : `To ${person.email}`}
        </span>
      </Row>
      <div role="status">
        {test.data === undefined ? null : (
          <Notice mark={test.data.sent ? 'info' : 'fail'}>
            {test.data.sent
              ? `${test.data.says} The server accepted it; check the mailbox to see whether it arrives.`
              : test.data.says}
          </Notice>
        )}
        {test.error === null ? null : (
          <Notice mark="cannot_read">The test could not be run. {explainError(test.error).text}</Notice>
        )}
      </div>
    </div>
  );
}
