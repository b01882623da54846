import { TabLinks } from '../../ui/tab-links.tsx';
import { InvitationsTab } from './invitations-tab.tsx';
import { ProvidersTab } from './providers-tab.tsx';
import { accessRoute } from './routes.tsx';
import { TokensTab } from './tokens-tab.tsx';
import { UsersTab } from './users-tab.tsx';

/** Who can sign in, what they may do, and which tokens exist. */
export function AccessPage() {
  const { tab = 'users' } = accessRoute.useSearch();
  const tabs = (
    <TabLinks
      label="Access"
      value={tab}
      items={[
        { value: 'users', label: 'Users' },
        { value: 'invitations', label: 'Invitations' },
        { value: 'tokens', label: 'Tokens' },
        { value: 'providers', label: 'Sign-in providers' },
      ]}
    />
  );
  switch (tab) {
    case 'users':
      return <UsersTab tabs={tabs} />;
    case 'invitations':
      return <InvitationsTab tabs={tabs} />;
    case 'tokens':
      return <TokensTab tabs={tabs} />;
    case 'providers':
      return <ProvidersTab tabs={tabs} />;
  }
}
