//! Circles in a graph of types.

/// For each of `count` nodes the number of its strongly connected component.
///
/// Two nodes of one component reach each other. Tarjan's algorithm with a stack of its own, so that no chain of types
/// is too long for it.
pub fn components(count: usize, edges: &dyn Fn(usize) -> Vec<usize>) -> Vec<usize> {
    const UNSEEN: usize = usize::MAX;
    let mut component = vec![UNSEEN; count];
    let mut order = vec![UNSEEN; count];
    let mut low = vec![UNSEEN; count];
    let (mut open, mut next, mut found) = (Vec::new(), 0, 0);
    for root in 0..count {
        if order[root] != UNSEEN {
            continue;
        }
        let mut path = vec![(root, edges(root), 0)];
        (order[root], low[root]) = (next, next);
        next += 1;
        open.push(root);
        while let Some((node, targets, at)) = path.last_mut() {
            let node = *node;
            if let Some(&target) = targets.get(*at) {
                *at += 1;
                if order[target] == UNSEEN {
                    (order[target], low[target]) = (next, next);
                    next += 1;
                    open.push(target);
                    path.push((target, edges(target), 0));
                } else if component[target] == UNSEEN {
                    low[node] = low[node].min(order[target]);
                }
                continue;
            }
            path.pop();
            if let Some((parent, _, _)) = path.last() {
                low[*parent] = low[*parent].min(low[node]);
            }
            if low[node] == order[node] {
                while let Some(member) = open.pop() {
                    component[member] = found;
                    if member == node {
                        break;
                    }
                }
                found += 1;
            }
        }
    }
    component
}

/// Whether each node lies on a circle, given the components of the graph.
pub fn on_cycle(components: &[usize], edges: &dyn Fn(usize) -> Vec<usize>) -> Vec<bool> {
    let same = |node: usize| edges(node).iter().any(|&target| components[target] == components[node]);
    (0..components.len()).map(same).collect()
}
