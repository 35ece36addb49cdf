import type { ReactNode } from 'react';
import { Field } from '../../../design/Field.tsx';
import { SelectField } from '../../../design/SelectField.tsx';
import { usePage } from '../../page-context.tsx';
import styles from './checkout.module.css';
import { addressFields, type FieldName } from './fields.ts';
import type { Checkout } from './use-checkout.ts';

interface AddressFieldsProps {
  readonly checkout: Checkout;
  readonly say: (field: FieldName) => ReactNode;
}

const AUTOCOMPLETE: Readonly<Partial<Record<FieldName, string>>> = {
  name: 'shipping name',
  line1: 'shipping address-line1',
  line2: 'shipping address-line2',
  city: 'shipping address-level2',
  postalCode: 'shipping postal-code',
};

/** An address in the order in which people of its country write one. */
export function AddressFields({ checkout, say }: AddressFieldsProps) {
  const { language, words } = usePage();
  const { values, view } = checkout;
  return (
    <div className={styles.address}>
      {addressFields(language, values.country).map((field) =>
        field === 'country' ? (
          <SelectField
            key={field}
            className={styles.wide}
            label={words.checkout.country}
            error={say('country')}
            name="country"
            autoComplete="shipping country"
            value={values.country}
            onChange={(event) => checkout.type('country', event.currentTarget.value)}
          >
            {view.countries.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </SelectField>
        ) : (
          <Field
            key={field}
            className={field === 'city' || field === 'postalCode' ? undefined : styles.wide}
            label={words.checkout[field as 'name' | 'line1' | 'line2' | 'city' | 'postalCode']}
            error={say(field)}
            name={field}
            autoComplete={AUTOCOMPLETE[field]}
            required={field !== 'line2'}
            maxLength={field === 'postalCode' ? 20 : 200}
            value={values[field]}
            onChange={(event) => checkout.type(field, event.currentTarget.value)}
          />
        ),
      )}
    </div>
  );
}
