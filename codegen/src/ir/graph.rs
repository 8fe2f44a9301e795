//! Cycles in a graph of types.

use super::TypeId;

/// Returns the number of the strongly connected component of each of `count` nodes.
///
/// Two nodes of one component reach each other. A component has a higher number than the components that it reaches.
// This is Tarjan's algorithm with a stack on the heap. `petgraph::algo::tarjan_scc` recurses and would overflow the stack
// in a long chain of types, and the crate would add to the compile time.
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

/// Returns the types in the order of their components: a type comes after the types that it reaches, unless they are on a
/// cycle. The argument is the result of [`components`].
pub fn order_by_component(components: &[usize]) -> Vec<TypeId> {
    let mut order: Vec<TypeId> = (0..components.len()).map(TypeId).collect();
    order.sort_by_key(|id| components[id.0]);
    order
}

/// Returns for each node of a graph of types whether the node is on a cycle. The argument is the result of
/// [`components`].
pub fn on_cycle(components: &[usize], edges: &dyn Fn(usize) -> Vec<usize>) -> Vec<bool> {
    let same = |node: usize| edges(node).iter().any(|&target| components[target] == components[node]);
    (0..components.len()).map(same).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edges(list: &'static [(usize, usize)]) -> impl Fn(usize) -> Vec<usize> {
        move |node| list.iter().filter(|(from, _)| *from == node).map(|(_, to)| *to).collect()
    }

    #[test]
    fn nodes_that_reach_each_other_share_a_component() {
        // 0 -> 1 -> 2 -> 3 -> 1, 3 -> 4 -> 4, and 5 alone.
        let edges = edges(&[(0, 1), (1, 2), (2, 3), (3, 1), (3, 4), (4, 4)]);
        let component = components(6, &edges);
        assert_eq!((component[1], component[2]), (component[2], component[3]));
        assert!(component[0] > component[1] && component[1] > component[4], "{component:?}");
        assert_eq!(on_cycle(&component, &edges), [false, true, true, true, true, false]);
    }

    #[test]
    fn a_long_chain_does_not_overflow_the_stack() {
        let count = 200_000;
        let component = components(count, &|node| if node + 1 < count { vec![node + 1] } else { Vec::new() });
        assert_eq!((component[count - 1], component[0]), (0, count - 1));
    }
}
