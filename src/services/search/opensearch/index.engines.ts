import { searchIndexConformance } from '../conformance.ts';
import { testIndex } from './engine-harness.ts';

searchIndexConformance('OpenSearch', async () => testIndex());
