import { useQuery } from '@tanstack/react-query';
import { api, queries } from '../../api.ts';
import { meQuery } from '../../shell/frame-source.ts';
import { Notice } from '../../ui/states.tsx';
import { together } from '../../ui/templates/load.ts';
import { Page } from '../../ui/templates/page.tsx';
import { Steady } from '../../ui/unsaved.tsx';
import { OwnTokens } from '../access/own-tokens.tsx';
import { CalendarCard } from '../reminders/calendar-card.tsx';
import { MailCard } from '../reminders/mail-card.tsx';
import { problemWords } from '../sign-in/problems.ts';
import classes from './account.module.css';
import { AppCard } from './app-card.tsx';
import { PasskeysCard } from './passkeys-card.tsx';
import { PasswordCard } from './password-card.tsx';
import { PreferencesCard } from './preferences-card.tsx';
import { ProveAddress } from './prove-address.tsx';
import { ProviderCard } from './provider-card.tsx';
import { accountRoute } from './routes.tsx';
import { SessionsCard } from './sessions-card.tsx';
import { YouCard } from './you-card.tsx';

/** The viewer's own account: name, sign-in methods, sessions, and reminders. */
export function AccountPage() {
  const { problem, linked } = accountRoute.useSearch();
  const me = useQuery(meQuery);
  const passkeys = useQuery(api.account.passkeys.queryOptions({ input: {} }));
  const sessions = useQuery(api.account.sessions.queryOptions({ input: {} }));
  const ways = useQuery(api.signIn.providers.queryOptions({ input: {} }));
  const load = together({ me, passkeys, sessions, ways });
  const refresh = () => void queries.invalidateQueries({ queryKey: api.account.key() });
  const words = problemWords(problem);
  return (
    <Page title="My account" load={load} meta="Changes here affect only you.">
      {({ me, passkeys, sessions, ways }) => (
        <div className={classes.page}>
          {words === null ? null : <Notice mark="cannot_read">{words}</Notice>}
          {linked === 'yes' ? <Notice>The sign-in provider is linked to your account.</Notice> : null}
          {me.proven ? null : <ProveAddress />}
          <Steady of={me}>
            {(steady) => <YouCard key={steady.version} me={steady} onChanged={refresh} />}
          </Steady>
          <PasswordCard me={me} onChanged={refresh} />
          <AppCard me={me} onChanged={refresh} />
          <PasskeysCard
            passkeys={passkeys.items}
            openAt={ways.passkeys?.openAt ?? null}
            onChanged={refresh}
          />
          <ProviderCard me={me} providers={ways.providers} onChanged={refresh} />
          <SessionsCard sessions={sessions.items} onChanged={refresh} />
          <OwnTokens />
          <MailCard />
          <CalendarCard />
          <PreferencesCard me={me} onChanged={refresh} />
        </div>
      )}
    </Page>
  );
}
