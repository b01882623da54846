import { useNavigate } from '@tanstack/react-router';
import { Card } from '../../ui/card.tsx';
import { Stack } from '../../ui/layout.tsx';
import { FormPage } from '../../ui/templates/form-page.tsx';
import { NewClientForm } from './new-client-form.tsx';
import { OpenSandbox } from './open-sandbox.tsx';

/** Adds another client, for those who look after several. */
export function NewClientPage() {
  const navigate = useNavigate();
  return (
    <FormPage
      title="Add a client"
      permission="clients.create"
      meta="Your answers determine which controls apply. You can change them later."
    >
      <Stack gap="xl">
        <Card>
          <NewClientForm
            next="Next: import the first files"
            onAdded={(client) => void navigate({ to: '/c/$client/imports', params: { client } })}
          />
        </Card>
        <OpenSandbox onOpened={(client) => void navigate({ to: '/c/$client', params: { client } })} />
      </Stack>
    </FormPage>
  );
}
