// Brings every service's schema up to date before the functions that need it change.
import { deployStep } from '../shared/custom-resource.ts';
import { migrate } from './migrate.ts';

export const handler = deployStep('migrations', () => migrate());
