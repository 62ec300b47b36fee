import {
	isExpression,
	NodeHelpers,
	type INode,
	type INodeParameters,
	type INodeProperties,
	type INodeTypeDescription,
} from 'n8n-workflow';

/** What the editor would show in red, and what it would silently ignore, in a node's parameters. */
export function findFaults(node: INode, description: INodeTypeDescription): string[] {
	const { properties } = description;
	const { parameters } = node;
	/** All displayed parameters, with the defaults where the node says nothing. */
	const root =
		NodeHelpers.getNodeParameters(properties, parameters, true, false, node, description) ?? {};

	/** `displayed` is what decides which properties there are. */
	function inParameters(
		values: INodeParameters,
		displayed: INodeParameters,
		candidates: INodeProperties[],
		path: string,
	): string[] {
		return Object.entries(values).flatMap(([name, value]) => {
			const property = candidates.find(
				(candidate) =>
					candidate.name === name &&
					NodeHelpers.displayParameter(displayed, candidate, node, description, root),
			);
			return property
				? inValue(value, property, `${path}${name}`)
				: [`There is no parameter ${path}${name}`];
		});
	}

	function inValue(value: unknown, property: INodeProperties, path: string): string[] {
		const { type, options = [], modes = [], typeOptions, noDataExpression } = property;
		if (isExpression(value)) return noDataExpression ? [`${path} takes no expression`] : [];
		switch (type) {
			case 'collection': {
				const inner = options.filter((option) => 'type' in option);
				return isParameters(value)
					? inParameters(value, value, inner, `${path}.`)
					: [`${path} is no collection`];
			}
			case 'fixedCollection':
				return isParameters(value)
					? Object.entries(value).flatMap(([name, group]) => inGroup(name, group, property, path))
					: [`${path} is no collection`];
			case 'options':
			case 'multiOptions': {
				// Those that are loaded from the CRM are known only with an account.
				if (typeOptions?.loadOptionsMethod !== undefined) return [];
				const known = options.map((option) => ('value' in option ? option.value : undefined));
				const isList = type === 'multiOptions';
				if (isList !== Array.isArray(value)) return [`${path} is no ${type}`];
				return [value]
					.flat()
					.filter((one) => !known.some((option) => option === one))
					.map((one) => `${path} has no option ${String(one)}`);
			}
			case 'resourceLocator': {
				const mode = isParameters(value) ? value.mode : undefined;
				return modes.some(({ name }) => name === mode)
					? []
					: [`${path} has no mode ${String(mode)}`];
			}
			case 'boolean':
			case 'number':
			case 'string':
				return isList(typeOptions?.multipleValues ? value : [value], type)
					? []
					: [`${path} is no ${type}`];
			default:
				return [];
		}
	}

	function inGroup(
		name: string,
		content: unknown,
		{ options = [], typeOptions }: INodeProperties,
		path: string,
	): string[] {
		const group = options.find((candidate) => candidate.name === name && 'values' in candidate);
		if (!group || !('values' in group)) return [`There is no parameter ${path}.${name}`];
		if (Array.isArray(content) !== (typeOptions?.multipleValues === true)) {
			return [`${path}.${name} must be one or a list`];
		}
		return [content].flat().flatMap((entry) => {
			if (!isParameters(entry)) return [`${path}.${name} holds no parameters`];
			return inParameters(entry, entry, group.values, `${path}.${name}.`);
		});
	}

	// n8n overlooks what is wrong in a disabled node, until somebody enables it.
	const enabled = { ...node, disabled: false };
	const issues = NodeHelpers.getNodeParametersIssues(properties, enabled, description);
	const wanted = [...(NodeHelpers.getActiveCredentialTypes(node, description) ?? [])];
	const chosen = Object.keys(node.credentials ?? {});
	const missing = wanted.filter((type) => !chosen.includes(type));
	const needless = chosen.filter((type) => !wanted.includes(type));
	return [
		...inParameters(parameters, root, properties, ''),
		...(issues ? NodeHelpers.nodeIssuesToString(issues) : []),
		...missing.map((type) => `The credential ${type} is missing`),
		...needless.map((type) => `The credential ${type} is of no use`),
	];
}

const isList = (value: unknown, type: string) =>
	Array.isArray(value) && value.every((one) => typeof one === type);

function isParameters(value: unknown): value is INodeParameters {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
