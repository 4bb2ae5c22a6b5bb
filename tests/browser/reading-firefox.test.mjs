import { reading } from './suite.mjs';

reading('firefox');
