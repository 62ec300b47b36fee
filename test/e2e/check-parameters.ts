import {
	isExpression,
	NodeHelpers,
	type INode,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyCollection,
	type INodePropertyOptions,
	type INodeTypeDescription,
} from 'n8n-workflow';

/** What the editor would show in red, and what it would silently ignore, in a node's parameters. */
export function findFaults(node: INode, description: INodeTypeDescription): string[] {
	return new ParameterCheck(node, description).faults();
}

class ParameterCheck {
	/** All displayed parameters, with the defaults where the node says nothing. */
	private readonly root: INodeParameters;

	constructor(
		private readonly node: INode,
		private readonly description: INodeTypeDescription,
	) {
		const { properties } = description;
		const { parameters } = node;
		this.root =
			NodeHelpers.getNodeParameters(properties, parameters, true, false, node, description) ?? {};
	}

	faults(): string[] {
		const { properties } = this.description;
		return [
			...this.inParameters(this.node.parameters, this.root, properties, ''),
			...this.required(),
			...this.credentials(),
		];
	}

	private required(): string[] {
		// n8n overlooks what is wrong in a disabled node, until somebody enables it.
		const enabled = { ...this.node, disabled: false };
		const { properties } = this.description;
		const issues = NodeHelpers.getNodeParametersIssues(properties, enabled, this.description);
		return issues ? NodeHelpers.nodeIssuesToString(issues) : [];
	}

	private credentials(): string[] {
		const wanted = NodeHelpers.getActiveCredentialTypes(this.node, this.description);
		const chosen = Object.keys(this.node.credentials ?? {});
		const missing = [...(wanted ?? [])].filter((type) => !chosen.includes(type));
		const needless = chosen.filter((type) => !wanted?.has(type));
		return [
			...missing.map((type) => `The credential ${type} is missing`),
			...needless.map((type) => `The credential ${type} is of no use`),
		];
	}

	/** `displayed` is what decides which properties there are. */
	private inParameters(
		parameters: INodeParameters,
		displayed: INodeParameters,
		properties: INodeProperties[],
		path: string,
	): string[] {
		return Object.entries(parameters).flatMap(([name, value]) => {
			const property = properties.find(
				(candidate) =>
					candidate.name === name &&
					NodeHelpers.displayParameter(
						displayed,
						candidate,
						this.node,
						this.description,
						this.root,
					),
			);
			return property
				? this.inValue(value, property, `${path}${name}`)
				: [`There is no parameter ${path}${name}`];
		});
	}

	private inValue(value: unknown, property: INodeProperties, path: string): string[] {
		if (isExpression(value)) {
			return property.noDataExpression ? [`${path} takes no expression`] : [];
		}
		switch (property.type) {
			case 'collection':
				return isParameters(value)
					? this.inParameters(value, value, innerProperties(property), `${path}.`)
					: [`${path} is no collection`];
			case 'fixedCollection':
				return this.inGroups(value, property, path);
			case 'options':
				return inOptions([value], property, path);
			case 'multiOptions':
				return Array.isArray(value)
					? inOptions(value, property, path)
					: [`${path} is no list of options`];
			case 'resourceLocator':
				return inLocator(value, property, path);
			case 'boolean':
			case 'number':
			case 'string':
				return typeof value === property.type ? [] : [`${path} is no ${property.type}`];
			default:
				return [];
		}
	}

	private inGroups(value: unknown, property: INodeProperties, path: string): string[] {
		if (!isParameters(value)) return [`${path} is no collection`];
		const groups = (property.options ?? []).filter(isGroup);
		const isList = property.typeOptions?.multipleValues === true;
		return Object.entries(value).flatMap(([name, content]) => {
			const group = groups.find((candidate) => candidate.name === name);
			if (!group) return [`There is no parameter ${path}.${name}`];
			if (Array.isArray(content) !== isList) return [`${path}.${name} must be one or a list`];
			const entries: unknown[] = Array.isArray(content) ? content : [content];
			return entries.flatMap((entry) =>
				isParameters(entry)
					? this.inParameters(entry, entry, group.values, `${path}.${name}.`)
					: [`${path}.${name} holds no parameters`],
			);
		});
	}
}

function inOptions(values: unknown[], property: INodeProperties, path: string): string[] {
	// Those that are loaded from the CRM are known only with an account.
	if (property.typeOptions?.loadOptionsMethod !== undefined) return [];
	const known = (property.options ?? []).filter(isOption).map(({ value }) => value);
	return values
		.filter((value) => !known.some((option) => option === value))
		.map((value) => `${path} has no option ${String(value)}`);
}

function inLocator(value: unknown, property: INodeProperties, path: string): string[] {
	const mode = isParameters(value) ? value.mode : undefined;
	return property.modes?.some(({ name }) => name === mode)
		? []
		: [`${path} has no mode ${String(mode)}`];
}

function innerProperties(property: INodeProperties): INodeProperties[] {
	return (property.options ?? []).filter((option) => 'type' in option);
}

function isGroup(
	option: INodePropertyOptions | INodeProperties | INodePropertyCollection,
): option is INodePropertyCollection {
	return 'values' in option;
}

function isOption(
	option: INodePropertyOptions | INodeProperties | INodePropertyCollection,
): option is INodePropertyOptions {
	return 'value' in option;
}

function isParameters(value: unknown): value is INodeParameters {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
