import { failed } from '../../acts.ts';
import { client } from '../../api.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Card } from '../../ui/card.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import classes from './account.module.css';
import type { CardProps } from './me.ts';
import { useProof } from './proof.tsx';

interface ProviderCardProps extends CardProps {
  providers: readonly { readonly id: string; readonly name: string }[];
}

/** The account at a sign-in provider linked to this one. Hidden if no provider is set up. */
export function ProviderCard({ me, providers, onChanged }: ProviderCardProps) {
  const withProof = useProof();
  const linked = me.signIn.provider;
  if (linked === null && providers.length === 0) return null;
  const link = (provider: string) =>
    client.signIn
      .oidcStart({ provider, link: true, returnTo: '/me' })
      .then(({ url }) => location.assign(url), failed);
  const unlink = () => withProof(() => client.account.unlinkProvider({})).then(onChanged, failed);
  return (
    <Card title="Sign-in provider" aside={linked === null ? 'Not linked' : undefined}>
      {linked === null ? (
        <Stack gap="lg">
          <p>Link your account there to sign in here with it.</p>
          <Row>
            {providers.map(({ id, name }) => (
              <ActButton key={id} act={() => link(id)}>
                Link {name}
              </ActButton>
            ))}
          </Row>
        </Stack>
      ) : (
        <div className={classes.item}>
          <p>Your account at {linked} signs you in here.</p>
          <ActButton act={() => unlink()}>Unlink</ActButton>
        </div>
      )}
    </Card>
  );
}
