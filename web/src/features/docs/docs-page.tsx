import docs from 'virtual:docs';
import { Link } from '@tanstack/react-router';
import { Card } from '../../ui/card.tsx';
import { FormPage } from '../../ui/templates/form-page.tsx';

/** All pages of the documentation by title. */
export function DocsPage() {
  return (
    <FormPage title="Documentation" meta="It comes with this version of Bylaw and needs no network.">
      <Card flush>
        <ul>
          {docs
            .toSorted((a, b) => a.title.localeCompare(b.title, 'en'))
            .map(({ name, title }) => (
              <li key={name}>
                <Link to="/docs/$doc" params={{ doc: name }}>
                  {title}
                </Link>
              </li>
            ))}
          <li>
            <a href="/api/reference">Every operation of the API</a>
          </li>
        </ul>
      </Card>
    </FormPage>
  );
}
